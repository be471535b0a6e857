package org.lanewise.henaw;

import org.lanewise.tabular.BadInputException;

/**
 * Turns an absolute risk into years: biological age is the age at which the reference population of that sex has this
 * person's risk of dying within the horizon. With the reference's Gompertz law {@code ln(-ln(1 - risk)) = a + b age},
 * {@code BA = (ln(-ln(1 - risk)) - a) / b}.
 *
 * @param intercept a, women then men
 * @param slope     b, women then men; positive
 * @param horizon   years over which the risk is meant
 */
public record AgeScale(double[] intercept, double[] slope, double horizon) {
    /** Checks that age can be read from risk. */
    public AgeScale {
        if (intercept.length != 2 || slope.length != 2 || !(slope[0] > 0) || !(slope[1] > 0))
            throw new BadInputException(
                    "Risk does not rise with age in the reference population: no biological age in years");
        intercept = intercept.clone();
        slope = slope.clone();
    }

    /**
     * Years of someone with this log cumulative hazard over the horizon, {@code ln(-ln(1 - risk))}.
     *
     * @param sex 0 or 1; unknown gives the mean of both
     */
    public double years(double logCumulativeHazard, double sex) {
        if (Double.isNaN(sex))
            return (years(logCumulativeHazard, 0) + years(logCumulativeHazard, 1)) / 2;
        int s = sex == 0 ? 0 : 1;
        return (logCumulativeHazard - intercept[s]) / slope[s];
    }

    /** The reference risk at an age. */
    public double risk(double age, double sex) {
        int s = sex == 0 ? 0 : 1;
        return -Math.expm1(-Math.exp(intercept[s] + slope[s] * age));
    }
}
