package org.lanewise.optim;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class BatchesTest {

    private static List<Integer> rows(Batches batches, long epoch) {
        var rows = new ArrayList<Integer>();
        for (int[] batch : batches.epoch(epoch)) for (int row : batch) rows.add(row);
        return rows;
    }

    @Test
    void showsEveryRowOncePerEpochInANewOrder() {
        var batches = new Batches(10, 3).shuffled(1);
        assertThat(batches.perEpoch()).isEqualTo(4);
        assertThat(rows(batches, 0)).containsExactlyInAnyOrder(0, 1, 2, 3, 4, 5, 6, 7, 8, 9);
        assertThat(rows(batches, 1)).containsExactlyInAnyOrder(0, 1, 2, 3, 4, 5, 6, 7, 8, 9)
                .isNotEqualTo(rows(batches, 0));
        assertThat(rows(new Batches(10, 3), 5)).containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8, 9);
    }

    @Test
    void anyBatchCanBeAskedForDirectly() {
        var one = new Batches(100, 7).shuffled(3);
        var other = new Batches(100, 7).shuffled(3);
        one.batch(0, 0);
        one.batch(9, 1);
        assertThat(one.batch(4, 2)).isEqualTo(other.batch(4, 2));
        assertThat(new Batches(100, 7).shuffled(4).batch(4, 2)).isNotEqualTo(other.batch(4, 2));
    }

    @Test
    void dropsTheShortLastBatchUnlessItIsTheOnlyOne() {
        assertThat(new Batches(10, 4).dropLast().perEpoch()).isEqualTo(2);
        assertThat(new Batches(3, 4).dropLast().perEpoch()).isEqualTo(1);
        assertThat(new Batches(3, 4).dropLast().batch(0, 0)).hasSize(3);
    }
}
