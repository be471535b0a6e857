/** Codes of small height by search. */
package org.lanewise.mheight.search;
