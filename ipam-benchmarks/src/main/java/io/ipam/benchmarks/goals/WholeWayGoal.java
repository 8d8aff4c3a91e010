package io.ipam.benchmarks.goals;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.ipam.benchmarks.AnnotationBenchmark;
import io.ipam.benchmarks.contest.Contest;
import io.ipam.benchmarks.contest.Contestant;
import io.ipam.benchmarks.contest.Effort;
import io.ipam.benchmarks.contest.Figures;
import io.ipam.benchmarks.contest.Goal;
import io.ipam.benchmarks.contest.Row;
import io.ipam.benchmarks.peers.Cluster;
import io.ipam.benchmarks.peers.ReferencePod;
import java.util.ArrayList;
import java.util.List;

/**
 * Goal 7: from the annotation of a pod with two interfaces and both families to four addresses, and
 * back.
 */
public final class WholeWayGoal implements Goal {
    private static final int POOLS = 100;

    @Override
    public int number() {
        return 7;
    }

    @Override
    public String title() {
        return "the whole way for four addresses";
    }

    @Override
    public List<Row> run(Effort effort) {
        List<Row> rows = new ArrayList<>();
        parts(effort, rows);
        reference(effort, rows, 250, Bars.REFERENCE_250);
        reference(effort, rows, 5_000, Bars.REFERENCE_5000);
        return rows;
    }

    private static void parts(Effort effort, List<Row> rows) {
        AnnotationBenchmark text = new AnnotationBenchmark();
        Cluster cluster = new Cluster(POOLS, 4_000);
        cluster.check();
        Figures figures = new Contest(effort.forMuchCode())
                .run(List.of(
                        new Contestant("whole", cluster::wholeWay),
                        new Contestant("read", cluster::read),
                        new Contestant("resolve", cluster::resolve),
                        new Contestant("bare", cluster::bare),
                        new Contestant("annotation", n -> annotation(text, n)),
                        new Contestant("objects", n -> objects(text, n))));
        double whole = figures.median("whole");
        String what = "read, resolve, allocate 4, release";
        rows.add(Row.figure(7, what, whole, "ns", Bars.WHOLE_WAY.bar()));
        rows.add(Row.info(7, what, whole, "bare allocate and release", figures.median("bare"), "ns"));
        rows.add(Row.info(
                7,
                "read one annotation with two interfaces",
                figures.median("annotation"),
                "bare ObjectReader, same text",
                figures.median("objects"),
                "ns"));
        rows.add(Row.info(7, "part of it: read the annotations", figures.median("read"), "the whole", whole, "ns"));
        rows.add(Row.info(7, "part of it: resolve", figures.median("resolve"), "the whole", whole, "ns"));
    }

    private static long annotation(AnnotationBenchmark text, int operations) {
        long sum = 0;
        for (int i = 0; i < operations; i++) {
            sum += text.strict().interfaces().size();
        }
        return sum;
    }

    private static long objects(AnnotationBenchmark text, int operations) {
        long sum = 0;
        try {
            for (int i = 0; i < operations; i++) {
                sum += text.objectReader().size();
            }
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
        return sum;
    }

    /**
     * Allocates four addresses with records and releases them, with a number of held addresses in
     * each of four pools. The bar is on the same work: the model of the reference reads no
     * annotation and resolves nothing. Another row has the whole request.
     */
    private static void reference(Effort effort, List<Row> rows, int held, Bars bar) {
        Cluster cluster = new Cluster(POOLS, 4 * held);
        ReferencePod reference = new ReferencePod(held);
        cluster.check();
        reference.check();
        Figures figures = new Contest(effort.forMuchCode())
                .run(List.of(
                        new Contestant("bare", cluster::bare),
                        new Contestant("whole", cluster::wholeWay),
                        new Contestant("model", reference::allocateAndRelease)));
        double model = figures.median("model");
        String name = "the reference's compute, modelled";
        String of = ", %,d held in each pool".formatted(held);
        rows.add(new Row(7, "allocate 4, release" + of, figures.median("bare"), name, model, "ns", bar.bar()));
        rows.add(Row.info(7, "the whole way" + of, figures.median("whole"), name, model, "ns"));
    }
}
