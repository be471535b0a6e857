/**
 * Parquet files in and out, of flat tables. Written from the format's description, without a library: the usual one needs Hadoop
 * and native codecs. Entry point is {@link org.lanewise.tabular.parquet.Parquet}.
 */
package org.lanewise.tabular.parquet;
