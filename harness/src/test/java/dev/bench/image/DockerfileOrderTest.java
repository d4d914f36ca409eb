package dev.bench.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DockerfileOrderTest {
    @TempDir
    private Path context;

    private final Set<String> files = new TreeSet<>();

    private void file(String path, String content) throws IOException {
        Path file = context.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
        files.add(path);
    }

    private DockerfileOrder order(String... lines) {
        return DockerfileOrder.of(String.join("\n", lines) + "\n", context, files);
    }

    private void proposes(DockerfileOrder order, String... lines) {
        assertEquals(
                String.join("\n", lines) + "\n",
                order.proposal().map(DockerfileOrder.Proposal::text).orElse(""));
    }

    @Test
    void copiesRequirementsAndWhatTheyNameBeforeTheirInstallation() throws IOException {
        file("requirements.txt", "./vendor/greeting\n-r more/extra.txt\n");
        file("more/extra.txt", "flask==3.0\n");
        file("more/other.txt", "not needed\n");
        file("vendor/greeting/setup.py", "");
        file("vendor/greeting/greeting.py", "");
        file("app.py", "print('/vendor')\n");

        proposes(
                order(
                        "# Everything first.",
                        "FROM base",
                        "WORKDIR /app",
                        "COPY . .",
                        "RUN pip install --no-index -r requirements.txt",
                        "EXPOSE 8080",
                        "CMD [\"python3\", \"app.py\"]"),
                "# Everything first.",
                "FROM base",
                "WORKDIR /app",
                "COPY more/extra.txt ./more/",
                "COPY requirements.txt ./",
                "COPY vendor ./vendor/",
                "RUN pip install --no-index -r requirements.txt",
                "COPY . .",
                "EXPOSE 8080",
                "CMD [\"python3\", \"app.py\"]");
    }

    @Test
    void sinksBelowWhatReadsNoFileAndKeepsFlagsAndSettings() throws IOException {
        file("src/main.c", "int main;\n");
        file("Makefile", "all:\n");

        proposes(
                order(
                        "FROM base",
                        "COPY --chown=1:1 src /src/",
                        "ENV LANG=C",
                        "RUN apt-get update && apt-get install -y gcc \\",
                        "    make",
                        "RUN make -C /src"),
                "FROM base",
                "ENV LANG=C",
                "RUN apt-get update && apt-get install -y gcc \\",
                "    make",
                "COPY --chown=1:1 src /src/",
                "RUN make -C /src");
    }

    @Test
    void copiesTheManifestsOfANodeProjectToItsOwnDirectory() throws IOException {
        file("web/package.json", "{\"main\": \"./index.js\", \"dependencies\": {\"own\": \"file:./own\"}}");
        file("web/package-lock.json", "{}");
        file("web/own/package.json", "{}");
        file("web/index.js", "");

        proposes(
                order("FROM base", "COPY web /srv", "WORKDIR /srv", "RUN npm ci --omit=dev"),
                "FROM base",
                "WORKDIR /srv",
                "COPY web/own /srv/own/",
                "COPY web/package-lock.json web/package.json /srv/",
                "RUN npm ci --omit=dev",
                "COPY web /srv");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "RUN make | reads what it likes",
                "RUN pip install . | installs the project itself",
                "RUN pip install -r requirements.txt && make | its second command reads what it likes",
                "RUN [\"pip\", \"install\", \"-r\", \"requirements.txt\"] | is no shell command",
                "RUN pip install $(cat requirements.txt) | reads by another command",
                "WORKDIR /elsewhere | would go to another directory",
            })
    void staysWhereWhatFollowsMayNeedIt(String next, String why) throws IOException {
        file("requirements.txt", "flask\n");
        file("other.txt", "flask\n");
        file("app.py", "");

        assertTrue(
                order("FROM base", "COPY . .", next, "RUN apt-get install -y curl")
                        .proposal()
                        .isEmpty(),
                why);
    }

    @Test
    void hasNothingToSayOfAGoodOrder() throws IOException {
        file("requirements.txt", "flask\n");
        file("app.py", "");

        assertTrue(order("FROM base", "COPY requirements.txt .", "RUN pip install -r requirements.txt", "COPY . .")
                .proposal()
                .isEmpty());
    }

    @Test
    void sinksNoFurtherThanItsStage() throws IOException {
        file("go.mod", "module m\n");
        file("main.go", "package main\n");

        proposes(
                order(
                        "FROM base AS build",
                        "COPY . /src/",
                        "RUN go mod download",
                        "RUN go build",
                        "FROM base",
                        "COPY --from=build /src/m /m",
                        "RUN apt-get install -y curl"),
                "FROM base AS build",
                "COPY go.mod /src/",
                "RUN go mod download",
                "COPY . /src/",
                "RUN go build",
                "FROM base",
                "COPY --from=build /src/m /m",
                "RUN apt-get install -y curl");
    }

    @Test
    void touchesAFileThatNoEarlierInstructionCopies() throws IOException {
        file("a.txt", "");
        file("b/c.txt", "");

        assertEquals(
                List.of("2 a.txt", "4 b/c.txt"),
                order("FROM base", "COPY a.txt /", "COPY --from=other /x /", "ADD . /all/", "COPY b /b")
                        .inputs()
                        .stream()
                        .map(input -> input.instruction().line() + " " + input.file())
                        .toList());
    }

    @Test
    void whatIsChangedOfACopyIsNoListOfWhatIsToBeInstalled() throws IOException {
        file("Cargo.toml", "");
        file("go.mod", "");
        file("sub/requirements-dev.txt", "");
        file("zone.txt", "");
        assertEquals(
                List.of("zone.txt"),
                order("FROM base", "COPY . .").inputs().stream()
                        .map(DockerfileOrder.Input::file)
                        .toList());
        // Where it is all there is, it is changed.
        assertEquals(
                List.of("go.mod", "zone.txt"),
                order("FROM base", "COPY go.mod .", "COPY . .").inputs().stream()
                        .map(DockerfileOrder.Input::file)
                        .toList());
    }
}
