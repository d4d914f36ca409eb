package dev.bench.calibrate;

import dev.bench.target.LaunchException;
import java.io.IOException;

/**
 * Holds what two sides came to that were taken by turns, each of them the first equally often.
 *
 * @param ours a row for each value of a side, a column for each round
 * @param others the same of the other side
 */
record Turns(double[][] ours, double[][] others) {
    /** Takes one side once. */
    @FunctionalInterface
    interface Side {
        /** Returns its values, as many each time. */
        double[] take() throws LaunchException, IOException;
    }

    /**
     * Takes both sides.
     *
     * @param warmup rounds before, which count nothing
     * @param rounds rounds that count
     * @param values how many values a side has
     */
    static Turns take(int warmup, int rounds, int values, Side our, Side other) throws LaunchException, IOException {
        Turns turns = new Turns(new double[values][rounds], new double[values][rounds]);
        for (int round = -warmup; round < rounds; round++) {
            boolean oursFirst = round % 2 == 0;
            double[] first = (oursFirst ? our : other).take();
            double[] second = (oursFirst ? other : our).take();
            for (int value = 0; round >= 0 && value < values; value++) {
                turns.ours[value][round] = (oursFirst ? first : second)[value];
                turns.others[value][round] = (oursFirst ? second : first)[value];
            }
        }
        return turns;
    }
}
