package org.lanewise.henaw.data;

import java.util.Arrays;
import java.util.stream.Collectors;
import org.lanewise.tabular.BadInputException;

/**
 * Decides which unit a column is written in and converts it, by the median: haemoglobin A1c of 5.5 is per cent, of 36
 * mmol/mol. A column whose median fits no unit of its marker is refused in one line.
 */
final class UnitConversion {
    /** CRP in mg/L and in mg/dL overlap, so a median of fewer people than this says nothing about CRP. */
    private static final int FEW = 20;

    private final String file;
    private final String column;
    private final Marker marker;

    UnitConversion(String file, String column, Marker marker) {
        this.file = file;
        this.column = column;
        this.marker = marker;
    }

    /**
     * The values in the canonical unit.
     *
     * @param named what the user or the format says the unit is, or null to find out
     * @throws BadInputException naming file, column, median found and expected range, or the cell out of range
     */
    double[] apply(double[] values, MarkerUnit named) {
        double[] present = Arrays.stream(values).filter(v -> !Double.isNaN(v)).sorted().toArray();
        MarkerUnit unit = named;
        if (present.length > 0) {
            double median = present[present.length / 2];
            if (named == null)
                unit = sniff(median, present.length);
            else
                if (present.length >= FEW && (named.toCanonical(median) < marker.lowest()
                        || named.toCanonical(median) > marker.highest() || !nearlyBelievable(named, median)))
                    throw wrongUnit(median, named.name() + " (expected median "
                            + range(named) + ")");
        }
        return unit == null ? values.clone() : convert(values, unit);
    }

    private MarkerUnit sniff(double median, int count) {
        if (marker == Marker.CRP && count < FEW)
            return marker.canonicalUnit();
        return marker.unitFor(median).orElseThrow(() -> wrongUnit(median, marker.units().stream()
                .map(u -> u.name() + " (expected median " + range(u) + ")").collect(Collectors.joining(" or "))));
    }

    /** A named unit is trusted unless the median is far outside: a clinic's patients are not the population. */
    private static boolean nearlyBelievable(MarkerUnit unit, double median) {
        return median >= unit.lowestMedian() / 3 && median <= unit.highMedian() * 3;
    }

    private double[] convert(double[] values, MarkerUnit unit) {
        double[] out = new double[values.length];
        for (int i = 0; i < out.length; i++) {
            out[i] = unit.toCanonical(values[i]);
            if (out[i] < marker.lowest() || out[i] > marker.highest())
                throw BadInputException.at(file).row(i + 1L).column(column).value(number(values[i]))
                        .because("no " + marker.description() + " can be that in " + unit.name() + " (accepted "
                                + number(marker.lowest()) + " to " + number(marker.highest()) + " "
                                + marker.canonicalUnit().name() + ")");
        }
        return out;
    }

    private BadInputException wrongUnit(double median, String tried) {
        return BadInputException.at(file).column(column).because("median " + number(median) + " does not fit "
                + marker.description() + " in " + tried + "; name the unit with --unit " + marker.shortName() + "=...");
    }

    private static String range(MarkerUnit unit) {
        return number(unit.lowestMedian()) + " to " + number(unit.highMedian());
    }

    private static String number(double x) {
        return x == Math.rint(x) && Math.abs(x) < 1e9 ? String.valueOf((long) x) : String.valueOf((float) x);
    }
}
