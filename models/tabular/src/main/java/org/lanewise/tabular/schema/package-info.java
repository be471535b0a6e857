/** What a model expects of its input, saved with it and enforced when it predicts. */
package org.lanewise.tabular.schema;
