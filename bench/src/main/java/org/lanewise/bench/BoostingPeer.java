package org.lanewise.bench;

/** A program that fits boosted trees to a {@link BoostingProblem}. Implementations have a constructor without arguments. */
interface BoostingPeer {

    /**
     * How much work: the same for all programs.
     *
     * @param trees   rounds
     * @param leaves  most leaves of a tree, grown best first
     * @param threads working threads
     */
    record Work(int trees, int leaves, double learningRate, int bins, int minDataInLeaf, int threads) {}

    /**
     * What came out.
     *
     * @param binning  seconds from floats in memory to the program's own data
     * @param training seconds after that
     * @param predicting seconds for all test rows from floats in memory
     * @param leaves   of all trees
     * @param scores   raw, of the test rows; of several classes row after row
     */
    record Outcome(double binning, double training, double predicting, int leaves, double[] scores) {
        double total() {
            return binning + training;
        }
    }

    String version();

    Outcome run(BoostingProblem train, BoostingProblem test, Work work) throws Exception;
}
