package org.lanewise.linear;

/** A fit that has no finite answer, or did not reach it; the message says which and why. */
public final class ConvergenceException extends ArithmeticException {
    public ConvergenceException(String message) {
        super(message);
    }
}
