package dev.bench.view;

/** Names what process, container and virtual machine are usually set against each other by, in display order. */
public enum TableRow {
    ISOLATION("Isolation level", "by evidence inside"),
    WEIGHT("Weight", "of an idle instance"),
    BOOT("Boot", "request to the first correct response"),
    SECURITY("Security", "what is reached and allowed; fewer is not yet safe"),
    SCALABILITY("Scalability", "many at once"),
    PERSISTENCE("Persistence", "of a file that an instance wrote"),
    BUILD("Build", "request to the image"),
    JOB_PRESENT("One CI job, image there", "checkout to result"),
    JOB_ABSENT("One CI job, image not there", "checkout to result, pull included"),
    REPLICA("One more replica", "beside those that run");

    private final String title;
    private final String scale;

    TableRow(String title, String scale) {
        this.title = title;
        this.scale = scale;
    }

    /** Returns the name of the row. */
    public String title() {
        return title;
    }

    /** Returns what its figures are about, in words. */
    public String scale() {
        return scale;
    }
}
