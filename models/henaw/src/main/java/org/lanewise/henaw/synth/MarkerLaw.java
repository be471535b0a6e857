package org.lanewise.henaw.synth;

import java.util.EnumMap;
import java.util.Map;
import org.lanewise.henaw.data.Marker;

/**
 * How one marker behaves in the repaired synthetic population, on its working scale (natural logarithm for the skewed
 * ones): {@code true = mean + slope (age-55) + male [sex=1] + sd e}, observed = true + {@code error} times a fresh normal.
 *
 * @param logarithmic whether the working scale is ln(value)
 * @param mean        mean of a woman of 55
 * @param slope       change per year of age
 * @param male        what is added for men
 * @param sd          standard deviation between people of one age and sex
 * @param error       standard deviation within a person between two draws (biological and analytical)
 * @param low         observed values are reflected into [low, high], working scale
 * @param high        upper reflection point
 * @param logHazard   log hazard per {@code sd} of the person's true deviation from age and sex
 */
record MarkerLaw(boolean logarithmic, double mean, double slope, double male, double sd, double error, double low,
        double high, double logHazard) {

    static final Map<Marker, MarkerLaw> POPULATION = population();

    private static Map<Marker, MarkerLaw> population() {
        Map<Marker, MarkerLaw> laws = new EnumMap<>(Marker.class);
        laws.put(Marker.CRP, logarithmic(.7, .012, 0, .8, .34, .05, 200, .22));
        laws.put(Marker.HBA1C, linear(36, .18, .3, 5, .6, 15, 140, .20));
        laws.put(Marker.CREATININE, linear(66, .30, 14, 12, 3.2, 15, 400, .12));
        laws.put(Marker.ALBUMIN, linear(45, -.06, .6, 2.6, 1.17, 25, 60, -.22));
        laws.put(Marker.LYMPHOCYTE_PCT, linear(30, -.10, -1, 7, 2.4, 1, 70, -.15));
        laws.put(Marker.RDW, linear(13, .045, 0, .8, .23, 10, 24, .28));
        laws.put(Marker.GGT, logarithmic(3.2, .010, .35, .6, .09, 3, 2000, .12));
        laws.put(Marker.AST, logarithmic(3.15, .008, .12, .28, .12, 4, 900, .06));
        laws.put(Marker.ALT, logarithmic(2.95, -.006, .25, .40, .14, 3, 900, -.06));
        return laws;
    }

    private static MarkerLaw linear(double mean, double slope, double male, double sd, double error, double low,
            double high, double logHazard) {
        return new MarkerLaw(false, mean, slope, male, sd, error, low, high, logHazard);
    }

    private static MarkerLaw logarithmic(double mean, double slope, double male, double sd, double cv, double low,
            double high, double logHazard) {
        return new MarkerLaw(true, mean, slope, male, sd, cv, StrictMath.log(low), StrictMath.log(high), logHazard);
    }

    double expected(double age, double sex) {
        return mean + slope * (age - 55) + male * sex;
    }

    double toWorking(double value) {
        return logarithmic ? StrictMath.log(value) : value;
    }

    double fromWorking(double working) {
        return logarithmic ? StrictMath.exp(working) : working;
    }

    double reflect(double working) {
        double x = working < low ? 2 * low - working : working;
        return x > high ? 2 * high - x : x;
    }

    double observedVariance() {
        return sd * sd + error * error;
    }

    /** Share of an observed deviation that is the person's own: the regression of the truth on one draw. */
    double reliability() {
        return sd * sd / observedVariance();
    }
}
