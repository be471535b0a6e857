package org.lanewise.engine.simd;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** The register width, a constant to the compiler: the preferred one, or {@code lanewise.bits}. */
final class Width {
    static final VectorSpecies<Float> F = species();
    static final int LANES = F.length();

    private Width() {}

    private static VectorSpecies<Float> species() {
        VectorSpecies<Float> preferred = FloatVector.SPECIES_PREFERRED;
        String wish = System.getProperty("lanewise.bits");
        if (wish == null) {
            return switch (preferred.vectorBitSize()) {
                case 128, 256, 512 -> preferred;
                default -> throw new UnsupportedOperationException(
                        "registers of " + preferred.vectorBitSize() + " bits; 128, 256 or 512 are supported");
            };
        }
        VectorSpecies<Float> species = switch (wish.strip()) {
            case "128" -> FloatVector.SPECIES_128;
            case "256" -> FloatVector.SPECIES_256;
            case "512" -> FloatVector.SPECIES_512;
            default ->
                throw new IllegalArgumentException("lanewise.bits is '" + wish + "'; it must be 128, 256 or 512");
        };
        if (species.vectorBitSize() > preferred.vectorBitSize())
            throw new IllegalArgumentException("lanewise.bits is " + wish + ", but this CPU has registers of "
                    + preferred.vectorBitSize() + " bits");
        return species;
    }
}
