/** Codes and their heights as tables and files, and where they come from: generators, splits, symmetries. */
package org.lanewise.mheight.data;
