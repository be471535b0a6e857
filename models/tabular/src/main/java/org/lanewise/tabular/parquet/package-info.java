/**
 * Parquet files in and out, of flat tables. Entry point is {@link org.lanewise.tabular.parquet.Parquet}.
 *
 * <h2>Why not the usual library</h2>
 *
 * parquet-java's reader is built on Hadoop's file systems and configuration with what they bring along, and its snappy and zstd on
 * native libraries; neither goes into a program that carries only Java. Flat tables need little of the format: a footer in Thrift's compact protocol, pages of
 * levels and values in six encodings, five codecs. It is written here from the format's description (github.com/apache/parquet-format), RFC
 * 8878 for zstd, and the descriptions of snappy and LZ4 blocks. Nested columns are refused by name.
 *
 * <h2>How it is laid out</h2>
 *
 * {@code Thrift} and {@code Footer} read metadata; {@code ParquetChunks} goes through row groups with one {@code ColumnCursor} a column, so
 * that memory is bounded by the piece asked for and a page of each column; {@code PageReader} unpacks by {@code codec.Codec}; {@code
 * PlainReader}, {@code DeltaReader}, {@code HybridReader} and {@code Dictionary} are the encodings; {@code ColumnBuilder} fills columns. {@code
 * ParquetTableWriter} writes version 1 pages, snappy, dictionaries for text where they pay.
 *
 * <h2>What it trusts</h2>
 *
 * Nothing. Lengths are compared with the bytes that are there before memory is taken, unpacked pages grow with their content up to the size
 * announced, and whatever does not fit is one line that names file, column and row group; tests change and cut files at random. Files of
 * pyarrow and fastparquet in every encoding and codec are among the golden data, and the benchmark {@code TableIoComparison} lets pyarrow read ours.
 */
package org.lanewise.tabular.parquet;
