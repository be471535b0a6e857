package org.lanewise.optim.search;

/** Ends a trial that is not worth going on; thrown by {@link Trial#report}. An objective lets it pass. */
public final class PrunedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    PrunedException() {
        super("the trial is pruned", null, false, false); // no stack trace: nothing went wrong
    }
}
