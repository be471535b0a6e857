/** The compression formats of Parquet pages, in Java alone. */
package org.lanewise.tabular.parquet.codec;
