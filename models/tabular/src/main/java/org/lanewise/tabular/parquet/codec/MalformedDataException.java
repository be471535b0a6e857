package org.lanewise.tabular.parquet.codec;

/** Bytes that are not what they should be. Whoever knows the file and the column catches it and says where. */
public final class MalformedDataException extends RuntimeException {
    public MalformedDataException(String problem) {
        super(problem);
    }
}
