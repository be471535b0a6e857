package org.lanewise.cli.linear;

import org.lanewise.linear.table.ColumnRoles;
import org.lanewise.linear.table.LinearConfig;
import org.lanewise.optim.search.SearchSpace;
import org.lanewise.tabular.ColumnType;
import org.lanewise.tabular.Table;

/**
 * What a search may change of an elastic net; alpha is not among it, since cross-validation chooses it in every trial.
 */
final class SearchSpaces {
    private SearchSpaces() {}

    /** The settings that make a difference on this table. */
    static SearchSpace of(Table table, ColumnRoles roles, LinearConfig config) {
        Table x = roles.predictors(table);
        boolean gaps = x.columns().stream().anyMatch(c -> c.type().isNumeric() && c.missingCount() > 0);
        boolean categories = x.columns().stream()
                .anyMatch(c -> c.type() == ColumnType.TEXT || c.type() == ColumnType.CATEGORICAL);
        SearchSpace.Builder space = SearchSpace.builder().real("l1Ratio", 0.01, 1).category("standardize", "true",
                "false");
        boolean unpenalisedFitsExist = switch (config.family()) {
            // Classes that a few columns separate have no finite fit without penalty.
            case BINOMIAL, MULTINOMIAL, COX -> false;
            case AUTO -> roles.event() == null && table.column(roles.target()).type().isNumeric();
            default -> true;
        };
        if (unpenalisedFitsExist) space.real("gamma", 0, 1);
        if (gaps)
            space.category("preparation.fill", "median", "mean").category("preparation.indicators", "true", "false");
        if (categories) space.logInteger("preparation.mostLevels", 2, 200);
        return space.build();
    }
}
