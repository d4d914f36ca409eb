package dev.bench.target;

/**
 * Tells that an option does not go with the others of its target, or with what is launched.
 *
 * @param key the option
 * @param message what is wrong with it, and what is accepted
 */
public record OptionFault(String key, String message) {
    /**
     * Tells that a place for data is no file system made for its trial.
     *
     * @param key the option that says which place it is
     * @param place which it is
     * @param others those that would do, in words
     */
    public static OptionFault notFresh(String key, String place, String others) {
        return new OptionFault(
                key,
                "is " + place + ", for which storage.fresh makes no file system; give " + others
                        + ", or leave storage.fresh out");
    }
}
