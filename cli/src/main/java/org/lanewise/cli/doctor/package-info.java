/** The {@code doctor} command: what the machine offers, how fast it is, whether it computes correctly. */
package org.lanewise.cli.doctor;
