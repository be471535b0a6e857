package org.lanewise.henaw.data;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The four morbidities of HENAW and the ICD-10 codes that stand for them: blocks of the World Health Organization's
 * classification (ICD-10, version of 2019, chapters II, IV, V, VI and IX).
 *
 * <table>
 * <caption>Codes, with everything below them</caption>
 * <tr><td>cardiovascular</td><td>I20-I25 ischaemic heart disease, I50 heart failure, I60-I69 cerebrovascular
 * disease</td></tr>
 * <tr><td>diabetes</td><td>E10-E14</td></tr>
 * <tr><td>cancer</td><td>C00-C97 malignant neoplasms without C44, skin cancer other than melanoma</td></tr>
 * <tr><td>dementia</td><td>F00-F03, G30 Alzheimer's disease</td></tr>
 * </table>
 *
 * Hypertension alone (I10-I15) is no cardiovascular disease here, or most old people would have one.
 */
public enum Disease {
    /** Ischaemic heart disease, heart failure, stroke. */
    CARDIOVASCULAR("I20-I25", "I50-I50", "I60-I69"),
    /** Diabetes mellitus of any type. */
    DIABETES("E10-E14"),
    /** Malignant neoplasms but non-melanoma skin cancer. */
    CANCER("C00-C43", "C45-C97"),
    /** Dementia of any cause. */
    DEMENTIA("F00-F03", "G30-G30");

    private final List<String> ranges;

    Disease(String... ranges) {
        this.ranges = List.of(ranges);
    }

    /** Lower-case name: column in canonical files and predictions. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * Whether an ICD-10 code belongs to the disease.
     *
     * @param code such as {@code I251} or {@code I25.1}, upper case
     */
    public boolean includes(String code) {
        String category = code.substring(0, 3);
        return ranges.stream().anyMatch(
                r -> category.compareTo(r.substring(0, 3)) >= 0 && category.compareTo(r.substring(4)) <= 0);
    }

    /** The disease with this label. */
    public static Optional<Disease> named(String label) {
        return Arrays.stream(values()).filter(d -> d.label().equals(label.strip().toLowerCase(Locale.ROOT)))
                .findFirst();
    }
}
