package org.lanewise.optim;

/** A checkpoint that is not of the run that asked for it: of other settings, other data or another version. */
public final class CheckpointException extends TrainingException {

    /** @param message one line for the user, with the file */
    public CheckpointException(String message) {
        super(message);
    }
}
