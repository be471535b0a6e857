/**
 * JMH benchmarks. A class {@code XBenchmark} measures Lanewise, and its static {@code work} says what a call must do at least;
 * {@code XTorch} and {@code XNetlib} (profile {@code peers}) measure the same work, with the same method and parameter names,
 * on the same data. {@link org.lanewise.bench.Report} puts them side by side.
 */
package org.lanewise.bench;
