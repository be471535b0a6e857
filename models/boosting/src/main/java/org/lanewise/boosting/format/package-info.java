/**
 * Models as files: our own ({@link org.lanewise.boosting.format.ModelFile}), LightGBM's text
 * ({@link org.lanewise.boosting.format.LightGbmFormat}) and XGBoost's JSON and UBJSON
 * ({@link org.lanewise.boosting.format.XgboostFormat}). A model keeps the comparison rules of the library that made it, node by
 * node, so it predicts here what it predicts there. Whatever a format cannot say is refused in one line.
 */
package org.lanewise.boosting.format;
