package org.lanewise.mheight;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.lanewise.mheight.data.Group;

/**
 * A model on the rows of its own split, beside the same model on fresh codes. If the validation rows are strangers to the training
 * rows, both errors differ by chance and by the choice of the best epoch only; what a leak gains shows as the difference.
 *
 * @param leak         whether the rows were split as published ({@code published.leak})
 * @param sharedOrbits share of validation rows whose code or a symmetric twin of it is in training, with any m
 * @param sharedRows   share of validation rows of which training has a copy or a symmetric twin with the same m
 * @param groups       errors by group
 * @param training     log2-MSE on training rows, without dropout, noise or made-up rows, mean of the groups
 */
public record SplitEvaluation(boolean leak, double sharedOrbits, double sharedRows,
        List<GroupErrors> groups, double training) {

    /**
     * The two errors of one group.
     *
     * @param rows       of validation
     * @param validation log2-MSE on these
     * @param fresh      log2-MSE on codes never seen
     */
    public record GroupErrors(Group group, int rows, double validation, double fresh) {
        /** How much better the model looks on its validation rows than it is. */
        public double gained() {
            return fresh - validation;
        }
    }

    /**
     * A limit of the published project's monitoring, which it never met.
     *
     * @param name       what has to be below
     * @param limit      this
     * @param validation what it is on the model's own validation rows
     * @param fresh      what it is on codes never seen
     */
    public record Target(String name, double limit, double validation, double fresh) {
        public boolean isMetInValidation() {
            return validation < limit;
        }

        public boolean isMetOnFreshCodes() {
            return fresh < limit;
        }
    }

    /** Mean of the groups' errors on validation rows. */
    public double validation() {
        return groups.stream().mapToDouble(GroupErrors::validation).average().orElse(Double.NaN);
    }

    /** Mean of the groups' errors on fresh codes. */
    public double fresh() {
        return groups.stream().mapToDouble(GroupErrors::fresh).average().orElse(Double.NaN);
    }

    /** The published monitoring's limits: overall below .374, every group below .60, (4,5) below .80, validation / training below 1.5. */
    public List<Target> targets() {
        List<Target> targets = new ArrayList<>();
        targets.add(new Target("overall", .374, validation(), fresh()));
        targets.add(new Target("worst group", .6,
                groups.stream().mapToDouble(GroupErrors::validation).max().orElse(Double.NaN),
                groups.stream().mapToDouble(GroupErrors::fresh).max().orElse(Double.NaN)));
        groups.stream().filter(g -> g.group.k() == 4 && g.group.m() == 5).findFirst()
                .ifPresent(g -> targets.add(new Target("(4,5)", .8, g.validation, g.fresh)));
        targets.add(new Target("ratio to training error", 1.5, validation() / training, fresh() / training));
        return targets;
    }

    /** For {@code metrics.json}. */
    Map<String, Object> tree() {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("leak", leak);
        tree.put("shared_orbits", sharedOrbits);
        tree.put("shared_rows", sharedRows);
        tree.put("training_log2_mse", training);
        tree.put("validation_log2_mse", validation());
        tree.put("fresh_log2_mse", fresh());
        List<Object> list = new ArrayList<>();
        for (GroupErrors g : groups) {
            Map<String, Object> group = new LinkedHashMap<>();
            group.put("k", g.group.k());
            group.put("m", g.group.m());
            group.put("n", g.rows);
            group.put("validation_log2_mse", g.validation);
            group.put("fresh_log2_mse", g.fresh);
            group.put("gained", g.gained());
            list.add(group);
        }
        tree.put("groups", list);
        List<Object> limits = new ArrayList<>();
        for (Target t : targets()) {
            Map<String, Object> target = new LinkedHashMap<>();
            target.put("name", t.name);
            target.put("limit", t.limit);
            target.put("validation", t.validation);
            target.put("met_in_validation", t.isMetInValidation());
            target.put("fresh", t.fresh);
            target.put("met_on_fresh_codes", t.isMetOnFreshCodes());
            limits.add(target);
        }
        tree.put("published_targets", limits);
        return tree;
    }
}
