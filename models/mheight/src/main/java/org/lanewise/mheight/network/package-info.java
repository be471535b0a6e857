/** Networks that predict heights: the published ones, and two that learn from endless exact labels. */
package org.lanewise.mheight.network;
