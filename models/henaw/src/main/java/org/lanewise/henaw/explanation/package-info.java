/** What a figure is made of: Shapley values and integrated gradients. */
package org.lanewise.henaw.explanation;
