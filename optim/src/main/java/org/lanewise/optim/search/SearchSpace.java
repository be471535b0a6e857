package org.lanewise.optim.search;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Predicate;
import org.lanewise.engine.Rng;

/**
 * The hyper-parameters of a search and their ranges; immutable. A dimension may exist only under some values of a
 * category that was declared before it.
 *
 * <pre>{@code
 * SearchSpace space = SearchSpace.builder()
 *     .logReal("rate", 1e-4, 1)
 *     .logInteger("leaves", 4, 256)
 *     .category("booster", "gbdt", "dart")
 *     .real("dropRate", 0, 0.5).onlyIf("booster", "dart")
 *     .build();
 * }</pre>
 */
public final class SearchSpace {

    private final Map<String, Dimension> dimensions;

    private SearchSpace(Map<String, Dimension> dimensions) {
        this.dimensions = Collections.unmodifiableMap(new LinkedHashMap<>(dimensions));
    }

    /** An empty space to add to. */
    public static Builder builder() {
        return new Builder();
    }

    /** All dimensions in the order of their declaration. */
    public List<Dimension> dimensions() {
        return List.copyOf(dimensions.values());
    }

    /**
     * The space with fewer dimensions.
     *
     * @throws IllegalArgumentException if none is left, or one that is left depends on one that goes
     */
    public SearchSpace without(Predicate<String> name) {
        var left = new LinkedHashMap<>(dimensions);
        left.keySet().removeIf(name);
        if (left.isEmpty()) throw new IllegalArgumentException("the search space is empty");
        for (Dimension d : left.values()) {
            if (d.parent() != null && !left.containsKey(d.parent()))
                throw new IllegalArgumentException(d.name() + " depends on " + d.parent() + ", which is left out");
        }
        return new SearchSpace(left);
    }

    /** The dimension of that name, or null. */
    Dimension dimension(String name) {
        return dimensions.get(name);
    }

    /**
     * Draws a value for each dimension that exists under the values drawn before it.
     *
     * @param rng each dimension gets a stream named after it, so one more dimension does not change the others' numbers
     * @param one draws a {@code Double}, {@code Integer} or {@code String}, by the dimension's kind
     * @return values by name in the order of declaration
     */
    public Map<String, Object> draw(Rng rng, BiFunction<Dimension, Rng, Object> one) {
        var values = new LinkedHashMap<String, Object>();
        for (Dimension d : dimensions.values()) {
            if (d.parent() != null) {
                Object parent = values.get(d.parent());
                if (parent == null || !d.parentValues().contains(parent)) continue;
            }
            values.put(d.name(), one.apply(d, rng.stream(d.name())));
        }
        return values;
    }

    /** All that decides about draws. */
    @Override
    public String toString() {
        return dimensions.values().toString();
    }

    /**
     * Collects dimensions. Every method throws IllegalArgumentException if a name comes twice or a range is
     * impossible.
     */
    public static final class Builder {

        private final Map<String, Dimension> dimensions = new LinkedHashMap<>();
        private String last;

        private Builder() {}

        /** A number, uniform between two finite bounds. */
        public Builder real(String name, double low, double high) {
            return add(name, Dimension.Kind.REAL, false, low, high, List.of());
        }

        /** A number above 0 whose logarithm is uniform. */
        public Builder logReal(String name, double low, double high) {
            return add(name, Dimension.Kind.REAL, true, low, high, List.of());
        }

        /** A whole number, both bounds included. */
        public Builder integer(String name, int low, int high) {
            return add(name, Dimension.Kind.INTEGER, false, low, high, List.of());
        }

        /** A whole number of at least 1, small ones as finely searched as their ratios ask for. */
        public Builder logInteger(String name, int low, int high) {
            return add(name, Dimension.Kind.INTEGER, true, low, high, List.of());
        }

        /** One of some names, without an order. */
        public Builder category(String name, String... choices) {
            return add(name, Dimension.Kind.CATEGORY, false, 0, 0, List.of(choices));
        }

        private Builder add(String name, Dimension.Kind kind, boolean log, double low, double high,
                List<String> choices) {
            var dimension = new Dimension(name, kind, log, low, high, choices, null, List.of());
            if (dimensions.putIfAbsent(name, dimension) != null) {
                throw new IllegalArgumentException(name + ": is in the space already");
            }
            last = name;
            return this;
        }

        /** Lets the dimension added last exist only where a category added before it has one of these values. */
        public Builder onlyIf(String parent, String... values) {
            if (last == null) throw new IllegalArgumentException("onlyIf: there is no dimension yet");
            Dimension category = dimensions.get(parent);
            if (category == null || category.kind() != Dimension.Kind.CATEGORY || parent.equals(last)) {
                throw new IllegalArgumentException(last + ": '" + parent + "' is not a category declared before");
            }
            var unknown = new ArrayList<>(List.of(values));
            unknown.removeAll(category.choices());
            if (values.length == 0 || !unknown.isEmpty()) {
                throw new IllegalArgumentException(last + ": " + parent + " has the values " + category.choices()
                        + ", not " + List.of(values));
            }
            dimensions.put(last, dimensions.get(last).under(parent, List.of(values)));
            return this;
        }

        /** The space. */
        public SearchSpace build() {
            if (dimensions.isEmpty()) throw new IllegalArgumentException("the search space is empty");
            return new SearchSpace(dimensions);
        }
    }
}
