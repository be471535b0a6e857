package org.lanewise.mheight;

import java.util.List;
import java.util.Map;

import org.lanewise.mheight.data.Group;
import org.lanewise.mheight.network.HeightNetwork;
import org.lanewise.mheight.network.PublishedNetwork;
import org.lanewise.mheight.training.RowFeatures;

/**
 * A trained model. Give it to {@link MHeightPredictor}.
 */
public sealed interface MHeightModel {
    /** What it was trained with. */
    MHeightConfig config();

    /** The mean of log2 h over the training codes of each of {@link Group#PUBLISHED}: what a constant would predict. */
    double[] means();

    /** Where it comes from. */
    Map<String, String> provenance();

    /** Trained parameters, of all networks. */
    long parameterCount();

    /**
     * Published networks.
     *
     * @param parts which networks answer for which groups
     */
    record Published(MHeightConfig config, RowFeatures features, List<Part> parts, double[] means,
            Map<String, String> provenance) implements MHeightModel {
        @Override
        public long parameterCount() {
            return parts.stream().flatMap(p -> p.members().stream()).mapToLong(PublishedNetwork::parameterCount).sum();
        }
    }

    /** An ensemble, averaged in log2, and the groups it answers for. */
    record Part(String name, List<Group> groups, List<PublishedNetwork> members) {}

    /** A network trained on endless codes. */
    record Stream(MHeightConfig config, HeightNetwork network, double[] means, Map<String, String> provenance)
            implements
                MHeightModel {
        @Override
        public long parameterCount() {
            return network.parameterCount();
        }
    }
}
