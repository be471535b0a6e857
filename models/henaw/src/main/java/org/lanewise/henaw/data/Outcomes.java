package org.lanewise.henaw.data;

import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.lanewise.tabular.BadInputException;
import org.lanewise.tabular.ColumnType;
import org.lanewise.tabular.Table;

/**
 * Follow-up of a file: which columns it needs, and how they become years and death flags.
 *
 * <ul>
 * <li>canonical: {@code time} in years and {@code event} 0/1;
 * <li>NHANES: {@code followup_months_exam} and {@code died_all_cause} of those linked to the mortality file;
 * <li>UK Biobank: visit 53, death 40000, lost to follow-up 191, all dates; everybody is followed until death, loss or the
 * censoring day.
 * </ul>
 */
final class Outcomes {
    private static final double DAYS_PER_YEAR = 365.25;

    private final CohortFormat format;
    private final Optional<String> time;
    private final Optional<String> event;
    private final Optional<String> lost;
    private final Optional<String> linked;
    private final String censoring;

    Outcomes(CohortFormat format, CohortReader.Columns columns, String censoring) {
        this.format = format;
        this.censoring = censoring;
        switch (format) {
            case CANONICAL -> {
                time = columns.find(List.of("time", "survival_time"));
                event = columns.find(List.of("event", "event_indicator"));
                lost = Optional.empty();
                linked = Optional.empty();
            }
            case NHANES -> {
                time = columns.find(List.of("followup_months_exam"));
                event = columns.find(List.of("died_all_cause"));
                lost = Optional.empty();
                linked = columns.find(List.of("mort_eligible"));
            }
            case UKB -> {
                time = columns.find(CohortFormat.ukb(53, 0));
                event = columns.find(CohortFormat.ukb(40000, 0));
                lost = columns.find(CohortFormat.ukb(191, 0));
                linked = Optional.empty();
            }
            default -> throw new AssertionError(format);
        }
        if (time.isEmpty() || event.isEmpty())
            return;
        ColumnType type = format == CohortFormat.UKB ? ColumnType.TEXT : ColumnType.DOUBLE;
        columns.want(time.get(), type);
        columns.want(event.get(), type);
        lost.ifPresent(c -> columns.want(c, type));
        linked.ifPresent(c -> columns.want(c, type));
    }

    /** Puts follow-up into the cohort; leaves it missing when the file has none. */
    void fill(String file, Table table, Cohort.Builder b) {
        if (time.isEmpty() || event.isEmpty())
            return;
        if (format == CohortFormat.UKB) {
            fillFromDates(file, table, b);
            return;
        }
        double[] years = table.numbers(time.get());
        double[] died = table.numbers(event.get());
        double[] eligible = linked.map(table::numbers).orElse(null);
        for (int i = 0; i < years.length; i++) {
            if (format == CohortFormat.NHANES)
                years[i] /= 12;
            if (years[i] < 0)
                throw bad(file, table, time.get(), i, "follow-up cannot be negative");
            if (!Double.isNaN(died[i]) && died[i] != 0 && died[i] != 1)
                throw bad(file, table, event.get(), i, "must be 0 or 1");
            if (eligible != null && eligible[i] != 1)
                years[i] = died[i] = Double.NaN;
        }
        b.outcome(years, died);
    }

    private void fillFromDates(String file, Table table, Cohort.Builder b) {
        LocalDate[] visit = dates(file, table, time.get());
        LocalDate[] death = dates(file, table, event.get());
        LocalDate[] gone = lost.isPresent() ? dates(file, table, lost.get()) : new LocalDate[visit.length];
        LocalDate end = censoring == null
                ? Arrays.stream(death).filter(Objects::nonNull).max(LocalDate::compareTo).orElse(null)
                : parse(censoring).orElseThrow(
                        () -> new BadInputException("--censoring-date " + censoring + ": not a date yyyy-mm-dd"));
        if (end == null)
            return; // Nobody died and no censoring day is known: there is no follow-up to speak of.
        double[] years = new double[visit.length];
        double[] died = new double[visit.length];
        Arrays.fill(years, Double.NaN);
        Arrays.fill(died, Double.NaN);
        for (int i = 0; i < visit.length; i++) {
            if (visit[i] == null)
                continue;
            LocalDate last = gone[i] != null && gone[i].isBefore(end) ? gone[i] : end;
            boolean dead = death[i] != null && !death[i].isAfter(last);
            LocalDate until = dead ? death[i] : last;
            if (until.isBefore(visit[i])) {
                if (dead)
                    throw bad(file, table, event.get(), i, "death before the visit of " + visit[i]);
                continue;
            }
            years[i] = ChronoUnit.DAYS.between(visit[i], until) / DAYS_PER_YEAR;
            died[i] = dead ? 1 : 0;
        }
        b.outcome(years, died);
    }

    private static LocalDate[] dates(String file, Table table, String column) {
        String[] cells = table.texts(column);
        LocalDate[] dates = new LocalDate[cells.length];
        for (int i = 0; i < cells.length; i++) {
            if (cells[i] == null)
                continue;
            int row = i;
            dates[i] = parse(cells[i]).orElseThrow(() -> bad(file, table, column, row, "not a date yyyy-mm-dd"));
        }
        return dates;
    }

    private static Optional<LocalDate> parse(String text) {
        try {
            return Optional.of(LocalDate.parse(text.strip()));
        } catch (DateTimeParseException _) {
            return Optional.empty();
        }
    }

    private static BadInputException bad(String file, Table table, String column, int row, String why) {
        return BadInputException.at(file).row(row + 1L).column(column).value(table.column(column).text(row))
                .because(why);
    }
}
