# Prints what a file tree is: sh tree-manifest.sh ROOT text|digest
#
# Only BusyBox is needed, no file is written, and the number of processes does not grow with the number of files:
# where instances are emulated a fork costs 10 ms.
BUSYBOX=${BUSYBOX:-busybox}
LC_ALL=C
export LC_ALL
cd "$1" || exit 1

paths() {
    "$BUSYBOX" find . -mindepth 1 \( @ENGINE_OWNED@ \) -prune -o "$@" -print0 | "$BUSYBOX" sort -z
}

# First a record for every path, then a checksum for every file in the same order. A record begins with two slashes,
# which no path holds; how much of it is a path or a link's target follows from the size, so newlines do no harm.
records() {
    paths | "$BUSYBOX" xargs -0 -r -s 131072 "$BUSYBOX" stat -c '//%f %a %u %g %s %t %T %N' || echo '//failed'
    echo '//checksums'
    paths -type f | "$BUSYBOX" xargs -0 -r -s 131072 "$BUSYBOX" sha256sum || echo '//failed'
    echo '//end'
}

manifest() {
    records | "$BUSYBOX" awk '
    function decimal(hex,    i, value) {
        value = 0
        for (i = 1; i <= length(hex); i++) value = value * 16 + index("0123456789abcdef", substr(hex, i, 1)) - 1
        return value
    }
    function escaped(text,    i, character, result) {
        if (text !~ /[^ -~]|\\/) return text
        result = ""
        for (i = 1; i <= length(text); i++) {
            character = substr(text, i, 1)
            if (character ~ /[^ -~]|\\/) character = octal[character]
            result = result character
        }
        return result
    }
    function fail(why) {
        print "//" why
        exit 1
    }
    BEGIN {
        for (i = 1; i < 256; i++) octal[sprintf("%c", i)] = sprintf("\\%03o", i)
        type["4"] = "directory"; type["8"] = "file"; type["a"] = "link"
        type["2"] = "character"; type["6"] = "block"; type["1"] = "fifo"; type["c"] = "socket"

        # the records
        if ((getline line) <= 0) fail("no list of paths")
        while (line != "//checksums") {
            if (line == "//failed") fail("the list of paths is incomplete")
            record = substr(line, 3)
            while ((more = getline line) > 0 && substr(line, 1, 2) != "//") record = record "\n" line
            if (more <= 0) fail("the list of paths is cut short")
            split(record, field, " ")
            kind = type[substr(field[1], 1, 1)]
            head = field[1] " " field[2] " " field[3] " " field[4] " " field[5] " " field[6] " " field[7] " "
            name = substr(record, length(head) + 1)
            rest = "\t" kind "\t" field[2] "\t" field[3] "\t" field[4]
            if (kind == "link") {
                # a target may hold a newline and two slashes: its length tells whether there is more
                while (1) {
                    quoted = length(name) - field[5] - 8
                    if (quoted >= 2 && substr(name, quoted + 2, 6) == "\047 -> \047" && substr(name, length(name)) == "\047") break
                    name = name "\n" line
                    while ((more = getline line) > 0 && substr(line, 1, 2) != "//") name = name "\n" line
                    if (more <= 0) fail("the list of paths is cut short")
                }
                rest = rest "\t" escaped(substr(name, quoted + 8, field[5]))
                name = substr(name, 2, quoted)
            } else if (kind == "file") {
                rest = rest "\t" field[5]
            } else if (kind == "character" || kind == "block") {
                rest = rest "\t" decimal(field[6]) ":" decimal(field[7])
            }
            count++
            names[count] = name
            rests[count] = rest
            if (kind == "file") isfile[count] = 1
        }

        # the checksums
        for (i = 1; i <= count; i++) {
            if (i in isfile) {
                if ((getline line) <= 0) fail("the list of checksums is cut short")
                wanted = length(names[i]) + 66
                while (length(line) < wanted && (getline more) > 0) line = line "\n" more
                if (substr(line, 67) != names[i]) fail("no checksum of " substr(names[i], 2))
                rests[i] = rests[i] "\t" substr(line, 1, 64)
            }
            print escaped(substr(names[i], 2)) rests[i]
        }
        if ((getline line) <= 0 || line != "//end") fail("files changed meanwhile")
    }'
}

# The digest needs no awk, which emulated takes as long as a third of all else: it is of a plainer listing, that of
# TreeManifest.digest. Sizes are left out, since a directory's depends on the file system, and a file's content is named.
listing() {
    paths | "$BUSYBOX" xargs -0 -r -s 131072 "$BUSYBOX" stat -c '%f %u %g %t %T %N' || return 1
    paths -type f | "$BUSYBOX" xargs -0 -r -s 131072 "$BUSYBOX" sha256sum || return 1
}

case "$2" in
    text) manifest ;;
    digest)
        # the status of a pipe is its last command's: the listing's own goes round it
        {
            status=$({
                {
                    listing
                    echo $? >&3
                } | "$BUSYBOX" sha256sum | "$BUSYBOX" cut -c 1-64 >&4
            } 3>&1)
        } 4>&1
        [ "$status" = 0 ] || echo "the tree at $1 cannot be read" >&2
        exit "$status"
        ;;
    *)
        echo "usage: tree-manifest.sh ROOT text|digest" >&2
        exit 2
        ;;
esac
