package org.lanewise.mheight;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

import org.lanewise.mheight.data.CodeLaw;
import org.lanewise.mheight.network.SubmatrixNetwork;
import org.lanewise.mheight.network.PublishedNetwork;
import org.lanewise.mheight.training.PublishedPlan;
import org.lanewise.mheight.training.StreamPlan;

/**
 * Everything that decides a training; the defaults train.
 *
 * @param variant   which network
 * @param law       of the codes it is trained on
 * @param seed      of everything random
 * @param published the plan of the published network's variants
 * @param stream    the plan of t1 and t2
 * @param submatrix the size of t1
 */
public record MHeightConfig(Variant variant, CodeLaw law, long seed, PublishedPlan published, StreamPlan stream,
        SubmatrixNetwork.Size submatrix) {

    /** Which network. */
    public enum Variant {
        /** As published: one token, 10,875,041 parameters. */
        PUBLISHED_A,
        /** The same with eight tokens, 9,498,337 parameters. */
        PUBLISHED_B,
        /** The published recommendation: gated attention by k and m. */
        COMPLEXITY_AWARE,
        /** Learns from P alone, on endless exact labels. */
        T1,
        /** Learns from the minors, on endless exact labels. */
        T2;

        /** Its name for people, such as {@code published-a}. */
        public String label() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        /** The variant of a {@link #label}; nothing if there is none. */
        public static Optional<Variant> labelled(String label) {
            return Arrays.stream(values()).filter(v -> v.label().equals(label.strip().toLowerCase(Locale.ROOT)))
                    .findFirst();
        }

        /** Whether it is trained on endless labels rather than on a set of rows. */
        public boolean isStream() {
            return this == T1 || this == T2;
        }

        /** The published network's form. */
        public PublishedNetwork.Form form() {
            return switch (this) {
                case PUBLISHED_A -> PublishedNetwork.Form.A;
                case PUBLISHED_B -> PublishedNetwork.Form.B;
                case COMPLEXITY_AWARE -> PublishedNetwork.Form.GATED;
                case T1, T2 -> throw new IllegalStateException(this + " is not a form of the published network");
            };
        }
    }

    /** The defaults: the published network and plan on uniform codes. */
    public static MHeightConfig defaults() {
        return new MHeightConfig(Variant.PUBLISHED_A, CodeLaw.D1, 42, PublishedPlan.defaults(), StreamPlan.defaults(),
                new SubmatrixNetwork.Size(8, 16));
    }

    /** The same for another variant, with the plan that suits it. */
    public MHeightConfig withVariant(Variant changed) {
        return new MHeightConfig(changed, law, seed, changed == Variant.COMPLEXITY_AWARE
                ? PublishedPlan.recommended()
                : published, changed == Variant.T2 ? StreamPlan.ofMinors() : stream, submatrix);
    }

    /** The same for another seed. */
    public MHeightConfig withSeed(long changed) {
        return new MHeightConfig(variant, law, changed, published, stream, submatrix);
    }

    /** The same with other plans. */
    public MHeightConfig withPlans(PublishedPlan rows, StreamPlan endless) {
        return new MHeightConfig(variant, law, seed, rows, endless, submatrix);
    }

    /** The same with another size of t1. */
    public MHeightConfig withSubmatrix(SubmatrixNetwork.Size changed) {
        return new MHeightConfig(variant, law, seed, published, stream, changed);
    }
}
