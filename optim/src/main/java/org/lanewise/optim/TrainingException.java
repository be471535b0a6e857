package org.lanewise.optim;

/** A run that cannot go on, such as one whose loss is no longer a number. The message says where and what to look at. */
public class TrainingException extends RuntimeException {

    /** @param message one line for the user */
    public TrainingException(String message) {
        super(message);
    }
}
