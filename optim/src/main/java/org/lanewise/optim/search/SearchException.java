package org.lanewise.optim.search;

/** A search cannot go on: its file is of another search, damaged or in use, or the thread was interrupted. */
public final class SearchException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** @param message one line for the user */
    public SearchException(String message) {
        super(message);
    }
}
