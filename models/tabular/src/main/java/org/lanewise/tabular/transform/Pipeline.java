package org.lanewise.tabular.transform;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.lanewise.tabular.Table;
import tools.jackson.databind.JsonNode;

/** Steps one after another, each fitted on what the one before made of the training rows. */
public final class Pipeline implements Step {
    static final String KIND = "pipeline";

    private final List<Step> steps;

    private Pipeline(List<Step> steps) {
        this.steps = steps;
    }

    public static Pipeline of(Step... steps) {
        return new Pipeline(List.of(steps));
    }

    @Override
    public Transform fit(Table train, double[] target) {
        return fitApply(train, target).transform();
    }

    @Override
    public Fitted fitApply(Table train, double[] target) {
        List<Transform> learnt = new ArrayList<>();
        Table table = train;
        for (Step step : steps) {
            Fitted fitted = step.fitApply(table, target);
            learnt.add(fitted.transform());
            table = fitted.table();
        }
        return new Fitted(new Learnt(List.copyOf(learnt)), table);
    }

    static Transform restore(JsonNode state, String source) {
        List<Transform> transforms = new ArrayList<>();
        for (JsonNode item : State.of(state, source).array("transforms")) {
            transforms.add(Transforms.restore(item, source));
        }
        return new Learnt(List.copyOf(transforms));
    }

    private record Learnt(List<Transform> transforms) implements Transform {
        @Override
        public Table apply(Table table) {
            Table changed = table;
            for (Transform transform : transforms) {
                changed = transform.apply(changed);
            }
            return changed;
        }

        @Override
        public String kind() {
            return KIND;
        }

        @Override
        public Object state() {
            return Map.of("transforms", transforms.stream().map(Transforms::tree).toList());
        }
    }
}
