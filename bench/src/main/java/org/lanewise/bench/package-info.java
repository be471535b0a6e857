/** JMH benchmarks. */
package org.lanewise.bench;
