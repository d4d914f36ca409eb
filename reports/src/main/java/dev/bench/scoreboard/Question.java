package dev.bench.scoreboard;

import dev.bench.result.Metric;

/** Lists what people ask of process, container and virtual machine, each with the metric that answers it, in order. */
enum Question {
    MEMORY("Weight", "How much memory does one more instance take?", "memory", Metric.MEMORY_MARGINAL),
    DISK("Weight", "How much disk does one more instance take?", "disk of its own", Metric.DISK_LAYER),
    IMAGE("Weight", "How much disk do all instances share?", "shared disk", Metric.DISK_IMAGE),
    BOOT("Boot time", "How long does it take until it answers?", "boot time", Metric.STARTUP_READY),
    STARTS("Scalability", "How many become ready per second?", "starts per second", Metric.SCALEOUT_READY),
    REQUESTS(
            "Scalability",
            "How many requests do they answer per second, together?",
            "requests per second",
            Metric.SCALEOUT_REQUESTS),
    LATENCY("Scalability", "Within what time are 99 of 100 requests answered?", "latency", Metric.SCALEOUT_LATENCY);

    private final String topic;
    private final String words;
    private final String subject;
    private final Metric metric;

    Question(String topic, String words, String subject, Metric metric) {
        this.topic = topic;
        this.words = words;
        this.subject = subject;
        this.metric = metric;
    }

    /** Returns what several questions have in common: weight, boot time, scalability. */
    String topic() {
        return topic;
    }

    /** Returns the question as people ask it. */
    String words() {
        return words;
    }

    /** Returns what a ratio is a multiple of. */
    String subject() {
        return subject;
    }

    /** Returns the metric that answers it. */
    Metric metric() {
        return metric;
    }
}
