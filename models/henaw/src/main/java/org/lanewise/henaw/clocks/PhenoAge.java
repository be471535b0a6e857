package org.lanewise.henaw.clocks;

import org.lanewise.henaw.data.Cohort;
import org.lanewise.henaw.data.Marker;

/**
 * Phenotypic age (Levine et al., Aging 10:573, 2018): the age at which the average person has this person's Gompertz
 * 10-year risk of death.
 *
 * <pre>
 * xb = -19.90667 - .03359355 albumin g/L + .009506491 creatinine umol/L + .1953192 glucose mmol/L + .09536762 ln CRP
 *      -.01199984 lymphocyte % + .02676401 MCV fL + .3306156 RDW % + .001868778 ALP U/L + .05542406 WBC 10^9/L
 *      +.08035356 age
 * M  = 1 - exp(-1.51714 e^xb / .007692696)
 * PA = 141.50225 + ln(-.0055305 ln(1-M)) / .090165
 * </pre>
 *
 * In exact arithmetic PA is linear in xb. It is evaluated as printed all the same, because stored PhenoAges carry the
 * rounding of {@code 1-M} near certain death (3e-5 years at a PhenoAge of 122); only where {@code M} rounds to 1 does the linear form take over.
 *
 * <p>The paper takes ln(CRP in mg/dL); the BioAge package, whose values most published comparisons use, takes
 * ln(1 + CRP). Both are here; {@link #BIOAGE} reproduces BioAge's column.
 */
public enum PhenoAge implements Clock {
    /** As computed by the BioAge R package (Kwon and Belsky 2021): ln(1 + CRP mg/dL). */
    BIOAGE,
    /** As printed by Levine: ln(CRP mg/dL). */
    LEVINE;

    private static final double SLOPE = .090165;
    private static final double INTERCEPT = 141.50225 + StrictMath.log(.0055305 * 1.51714 / .007692696) / SLOPE;

    @Override
    public String label() {
        return this == BIOAGE ? "PhenoAge" : "PhenoAge (ln CRP)";
    }

    /** PhenoAge in years of one person, inputs in canonical units; NaN if any is missing. */
    public double years(double age, double albumin, double creatinine, double glucose, double crp, double lymphocytePct,
            double mcv, double rdw, double alp, double wbc) {
        double mgPerDl = crp / 10;
        double lnCrp = this == BIOAGE ? Math.log1p(mgPerDl) : Math.log(mgPerDl);
        double xb = -19.90667 - .03359355 * albumin + .009506491 * creatinine + .1953192 * glucose + .09536762 * lnCrp
                - .01199984 * lymphocytePct + .02676401 * mcv + .3306156 * rdw + .001868778 * alp + .05542406 * wbc
                + .08035356 * age;
        double survival = 1 - (1 - Math.exp(-1.51714 * Math.exp(xb) / .007692696));
        return survival == 0 ? INTERCEPT + xb / SLOPE : 141.50225 + Math.log(-.0055305 * Math.log(survival)) / SLOPE;
    }

    @Override
    public double[] apply(Cohort p) {
        double[] out = new double[p.size()];
        for (int i = 0; i < out.length; i++)
            out[i] = years(p.age(i), p.value(Marker.ALBUMIN, i), p.value(Marker.CREATININE, i),
                    p.value(Marker.GLUCOSE, i), p.value(Marker.CRP, i), p.value(Marker.LYMPHOCYTE_PCT, i),
                    p.value(Marker.MCV, i), p.value(Marker.RDW, i), p.value(Marker.ALP, i), p.value(Marker.WBC, i));
        return out;
    }
}
