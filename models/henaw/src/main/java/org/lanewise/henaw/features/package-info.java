/** From measurements to input rows of the networks. */
package org.lanewise.henaw.features;
