/** What a network is trained to make small. */
package org.lanewise.nn.loss;
