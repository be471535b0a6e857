package org.lanewise.henaw;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.lanewise.engine.Tensor;
import org.lanewise.henaw.calibration.AgeBias;
import org.lanewise.henaw.calibration.AgeScale;
import org.lanewise.henaw.calibration.BaselineHazard;
import org.lanewise.henaw.calibration.LabelConditionalIntervals;
import org.lanewise.henaw.clocks.Baselines;
import org.lanewise.henaw.data.Cohort;
import org.lanewise.henaw.data.Disease;
import org.lanewise.henaw.data.Marker;
import org.lanewise.henaw.features.HenawFeatures;

/**
 * The repaired variant: an age ensemble with its intervals, and, when there were outcomes, a mortality ensemble with its
 * baseline hazard and its scale in years.
 *
 * @param config     what it was trained with
 * @param age        guesses chronological age from markers and sex
 * @param mortality  ranks and predicts death from age, sex and markers; null without outcomes
 * @param diseases   one ensemble for every disease that was known of enough people
 * @param baselines  simpler models fitted on the same people
 * @param provenance where it comes from: data, fingerprint, versions, backend
 */
public record EnsembleModel(HenawConfig config, AgePart age, MortalityPart mortality, List<DiseasePart> diseases,
        Baselines baselines, Map<String, String> provenance) implements HenawModel {
    /** Copies. */
    public EnsembleModel {
        diseases = List.copyOf(diseases);
        provenance = Map.copyOf(provenance);
    }

    @Override
    public boolean hasMortality() {
        return mortality != null;
    }

    /** Does without anything: what is missing is filled with its expectation. */
    @Override
    public void check(Cohort people) {}

    @Override
    public int networks() {
        return age.members().size() + (hasMortality() ? mortality.members().size() : 0)
                + diseases.stream().mapToInt(d -> d.members().size()).sum();
    }

    /**
     * The age ensemble.
     *
     * @param features  its inputs
     * @param members   weights of its networks
     * @param mean      of the training ages
     * @param sd        of the training ages
     * @param youngest  guesses are limited to the training ages
     * @param oldest    upper limit
     * @param intervals age intervals from held-out guesses
     * @param bias      line of the held-out guesses on age
     */
    public record AgePart(HenawFeatures features, List<Map<String, Tensor>> members, double mean, double sd,
            double youngest, double oldest, LabelConditionalIntervals intervals, AgeBias bias) {
        /** Copies. */
        public AgePart {
            members = List.copyOf(members);
        }
    }

    /**
     * The mortality ensemble.
     *
     * @param features inputs, with age
     * @param members  weights of its networks
     * @param offsets  each member's mean log hazard in training, taken off before averaging
     * @param baseline cumulative hazard of someone with log hazard 0
     * @param scale    risk to years
     * @param bias     line of biological age on age
     */
    public record MortalityPart(HenawFeatures features, List<Map<String, Tensor>> members, double[] offsets,
            BaselineHazard baseline, AgeScale scale, AgeBias bias) {
        /** Copies. */
        public MortalityPart {
            members = List.copyOf(members);
            offsets = offsets.clone();
        }
    }

    /**
     * The ensemble of one disease.
     *
     * @param disease  which
     * @param features inputs, with age
     * @param members  weights of its networks
     * @param offset   log odds of the training people together, added to the networks' mean
     */
    public record DiseasePart(Disease disease, HenawFeatures features, List<Map<String, Tensor>> members,
            double offset) {
        /** Copies. */
        public DiseasePart {
            members = List.copyOf(members);
        }
    }

    /**
     * What the hierarchical elastic net left in the linear path: for every marker the share of its coefficients, over all
     * members, that are not exactly zero.
     *
     * @param mortality whether of the mortality ensemble, else of the age ensemble
     */
    public Map<Marker, Double> selected(boolean mortality) {
        HenawFeatures features = mortality ? this.mortality.features() : age.features();
        List<Map<String, Tensor>> members = mortality ? this.mortality.members() : age.members();
        Map<Marker, Double> shares = new EnumMap<>(Marker.class);
        for (int j = 0; j < features.markers().size(); j++) {
            int[] columns = features.basis().columnsOf(j);
            int kept = 0;
            for (Map<String, Tensor> member : members) {
                float[] w = member.get("skip.weight").toArray();
                for (int c : columns)
                    kept += w[c] == 0 ? 0 : 1;
            }
            shares.put(features.markers().get(j), kept / (double) (columns.length * members.size()));
        }
        return shares;
    }
}
