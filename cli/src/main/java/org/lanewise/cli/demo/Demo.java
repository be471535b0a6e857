package org.lanewise.cli.demo;

import java.nio.file.Path;
import java.util.List;

import org.lanewise.cli.terminal.Console;

/**
 * What {@code lanewise demo} shows of one system: a small but complete run on data that comes with the program.
 */
public interface Demo {
    /**
     * One figure of the result.
     *
     * @param name     what is measured
     * @param value    what came out
     * @param baseline what a simple method reaches on the same data; NaN for none
     * @param baselineName that method; empty for none
     * @param target   what should be reached; NaN for none
     * @param larger   whether larger is better
     * @param decimals digits to show
     * @param timing   whether it depends on the machine and what else it does; such a target is shown but not demanded
     */
    record Figure(String name, double value, double baseline, String baselineName, double target, boolean larger,
            int decimals, boolean timing) {
        /**
         * Whether the target is reached.
         *
         * @return true also if there is none
         */
        public boolean reached() {
            return Double.isNaN(target) || (larger ? value >= target : value <= target);
        }
    }

    /**
     * The result of a demonstration.
     *
     * @param figures what was measured
     * @param report  the page that shows it
     */
    record Result(List<Figure> figures, Path report) {}

    /**
     * One line that says what is going to happen.
     *
     * @return plain text
     */
    String description();

    /**
     * Runs the demonstration.
     *
     * @param out     directory for everything it writes
     * @param seed    for everything random
     * @param console for progress
     * @return what came out
     * @throws Exception if it fails
     */
    Result run(Path out, long seed, Console console) throws Exception;
}
