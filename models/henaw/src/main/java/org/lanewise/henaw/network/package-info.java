/** The network of an ensemble member, its penalty, and its fast form for predicting. */
package org.lanewise.henaw.network;
