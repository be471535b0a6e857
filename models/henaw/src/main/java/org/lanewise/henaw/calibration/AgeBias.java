package org.lanewise.henaw.calibration;

/**
 * The straight line of a clock on chronological age, fitted on training people. Every clock makes the young look old and
 * the old young, so {@code clock - age} mostly says how old someone is; the gap to this line does not.
 *
 * <p>Source: Le et al., Front. Aging Neurosci. 10:317 (2018).
 *
 * @param intercept years
 * @param slope     years per year
 */
public record AgeBias(double intercept, double slope) {
    /** Least squares over the people with both numbers; a constant age gives slope 0. */
    public static AgeBias fit(double[] clock, double[] age) {
        double n = 0;
        double mx = 0;
        double my = 0;
        for (int i = 0; i < age.length; i++)
            if (Double.isFinite(clock[i]) && Double.isFinite(age[i])) {
                n++;
                mx += age[i];
                my += clock[i];
            }
        mx /= n;
        my /= n;
        double sxx = 0;
        double sxy = 0;
        for (int i = 0; i < age.length; i++)
            if (Double.isFinite(clock[i]) && Double.isFinite(age[i])) {
                sxx += (age[i] - mx) * (age[i] - mx);
                sxy += (age[i] - mx) * (clock[i] - my);
            }
        double slope = sxx == 0 ? 0 : sxy / sxx;
        return new AgeBias(my - slope * mx, slope);
    }

    /** How many years the clock is above what is usual at this age. */
    public double gap(double clock, double age) {
        return clock - (intercept + slope * age);
    }
}
