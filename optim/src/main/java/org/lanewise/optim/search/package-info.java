/** Hyper-parameter search: spaces, samplers, pruners, and studies that are stored as they go. */
package org.lanewise.optim.search;
