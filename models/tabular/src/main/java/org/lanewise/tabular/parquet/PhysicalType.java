package org.lanewise.tabular.parquet;

/** How values lie in the file; the order is that of Parquet's own numbers. */
enum PhysicalType {
    BOOLEAN, INT32, INT64, INT96, FLOAT, DOUBLE, BYTE_ARRAY, FIXED_LEN_BYTE_ARRAY
}
