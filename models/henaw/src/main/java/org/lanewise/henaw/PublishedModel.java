package org.lanewise.henaw;

import java.util.List;
import java.util.Map;
import org.lanewise.henaw.clocks.Baselines;
import org.lanewise.henaw.data.Cohort;
import org.lanewise.henaw.data.Disease;
import org.lanewise.henaw.data.Marker;
import org.lanewise.henaw.published.StandardisedNetwork;
import org.lanewise.tabular.BadInputException;

/**
 * The published variant: one network without intervals, kept for comparison with its faults.
 *
 * @param config       what it was trained with
 * @param network      the network and its standardisation
 * @param hasMortality whether its log hazard has been trained
 * @param diseases     those whose heads have seen labels
 * @param baselines    simpler models fitted on the same people
 * @param provenance   where it comes from: data, fingerprint, versions, backend
 */
public record PublishedModel(HenawConfig config, StandardisedNetwork network, boolean hasMortality,
        List<Disease> diseases,
        Baselines baselines,
        Map<String, String> provenance) implements HenawModel {
    /** Copies. */
    public PublishedModel {
        diseases = List.copyOf(diseases);
        provenance = Map.copyOf(provenance);
    }

    /** Needs all nine markers, since it fills nothing in. */
    @Override
    public void check(Cohort people) {
        List<Marker> present = people.present();
        for (Marker marker : Marker.NINE)
            if (people.size() > 0 && !present.contains(marker))
                throw BadInputException.at(people.source()).column(marker.shortName())
                        .because("nobody has it; the published network needs all nine markers");
    }

    @Override
    public int networks() {
        return 1;
    }
}
