package org.lanewise.henaw.published;

/**
 * What can be set of the published variant; everything else is as published.
 *
 * @param epochs passes over the data
 */
public record PublishedConfig(int epochs) {
    /** Checks the range. */
    public PublishedConfig {
        if (epochs < 1)
            throw new IllegalArgumentException("epochs must be positive");
    }

    /** As published: 20 epochs. */
    public static PublishedConfig defaults() {
        return new PublishedConfig(20);
    }
}
