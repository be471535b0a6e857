package org.lanewise.henaw.calibration;

import org.lanewise.henaw.data.Cohort;
import org.lanewise.tabular.BadInputException;

/**
 * Turns an absolute risk into years: biological age is the age at which the reference population of that sex has this
 * person's risk of dying within the horizon.
 *
 * <p>The reference follows Gompertz's law in attained age, {@code h(x) = lambda exp(gamma x)}, fitted by maximum likelihood
 * to people who enter at their age: {@code ln(-ln(1 - risk)) = ln(lambda / gamma (exp(gamma horizon) - 1)) + gamma age},
 * a line that is inverted.
 *
 * @param women   line for women
 * @param men     line for men
 * @param horizon years over which the risk is meant
 */
public record AgeScale(Line women, Line men, double horizon) {
    private static final int FEWEST_DEATHS = 20;

    /**
     * The complementary log-log of the reference risk, a line in age.
     *
     * @param intercept at age 0
     * @param slope     per year, Gompertz's gamma
     */
    public record Line(double intercept, double slope) {
        /** Checks that age can be read from risk. */
        public Line {
            if (!(slope > 0) || !Double.isFinite(intercept))
                throw new BadInputException(
                        "risk does not rise with age in the reference population: no biological age in years");
        }
    }

    /**
     * Fits both sexes; a sex with fewer than {@value #FEWEST_DEATHS} deaths gets the line of both together.
     *
     * @throws BadInputException if there are too few deaths at all, or risk does not rise with age
     */
    public static AgeScale fit(Cohort people, double horizon) {
        Line both = line(people, horizon);
        if (both == null)
            throw new BadInputException(people.source() + ": fewer than " + FEWEST_DEATHS + " deaths within " + horizon
                    + " years, too few for a mortality model");
        Line women = line(people.where(i -> people.sex(i) == 0), horizon);
        Line men = line(people.where(i -> people.sex(i) == 1), horizon);
        return new AgeScale(women == null ? both : women, men == null ? both : men, horizon);
    }

    /** Null with too few deaths. */
    private static Line line(Cohort people, double horizon) {
        double deaths = 0;
        double deathAges = 0;
        for (int i = 0; i < people.size(); i++)
            if (people.hasOutcome(i) && people.event(i) == 1 && people.time(i) <= horizon) {
                deaths++;
                deathAges += people.age(i) + people.time(i);
            }
        if (deaths < FEWEST_DEATHS)
            return null;
        // The profile likelihood in gamma is concave: golden section.
        double low = 1e-4;
        double high = .5;
        double golden = (Math.sqrt(5) - 1) / 2;
        for (int round = 0; round < 60; round++) {
            double a = high - golden * (high - low);
            double b = low + golden * (high - low);
            if (profile(people, horizon, a, deaths, deathAges) < profile(people, horizon, b, deaths, deathAges))
                low = a;
            else
                high = b;
        }
        double gamma = (low + high) / 2;
        if (gamma < 2e-4)
            throw new BadInputException(people.source()
                    + ": risk does not rise with age, so there is no biological age in years; use --target age");
        double lambda = deaths / exposure(people, horizon, gamma);
        return new Line(Math.log(lambda / gamma * Math.expm1(gamma * horizon)), gamma);
    }

    private static double profile(Cohort people, double horizon, double gamma, double deaths, double deathAges) {
        return deaths * Math.log(deaths / exposure(people, horizon, gamma)) + gamma * deathAges;
    }

    /** The cumulative hazard everybody lived through, over lambda. */
    private static double exposure(Cohort people, double horizon, double gamma) {
        double sum = 0;
        for (int i = 0; i < people.size(); i++)
            if (people.hasOutcome(i))
                sum += Math.exp(gamma * people.age(i)) * Math.expm1(gamma * Math.min(people.time(i), horizon)) / gamma;
        return sum;
    }

    private Line of(double sex) {
        return sex == 0 ? women : men;
    }

    /**
     * Years of someone with this log cumulative hazard over the horizon, {@code ln(-ln(1 - risk))}.
     *
     * @param sex 0 or 1; unknown gives the mean of both
     */
    public double years(double logCumulativeHazard, double sex) {
        if (Double.isNaN(sex))
            return (years(logCumulativeHazard, 0) + years(logCumulativeHazard, 1)) / 2;
        Line line = of(sex);
        return (logCumulativeHazard - line.intercept) / line.slope;
    }

    /** The reference risk at an age. */
    public double risk(double age, double sex) {
        Line line = of(sex);
        return -Math.expm1(-Math.exp(line.intercept + line.slope * age));
    }
}
