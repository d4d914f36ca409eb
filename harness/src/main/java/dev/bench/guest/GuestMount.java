package dev.bench.guest;

/**
 * Says what a guest mounts into its root.
 *
 * @param source a device, or the tag of a shared directory
 * @param directory where; made where there is none
 * @param type type of the file system
 */
public record GuestMount(String source, String directory, String type) {}
