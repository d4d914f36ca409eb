package dev.bench.view.delivery;

import dev.bench.analysis.OrderStatistics;
import dev.bench.measure.delivery.DeliveryRecord;
import dev.bench.view.ReportContext;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/**
 * Holds the measured deliveries of one kind by one target.
 *
 * @param target name of the target
 * @param kind what was delivered, in a word
 * @param records at least one
 */
record Deliveries(String target, String kind, List<DeliveryRecord> records) {
    Deliveries {
        records = List.copyOf(records);
    }

    /** Groups the measured deliveries by target and kind, both in the order of their first one. */
    static List<Deliveries> of(ReportContext context) {
        List<Deliveries> all = new ArrayList<>();
        context.measured(DeliveryRecord.class, DeliveryRecord::target, DeliveryRecord::warmup)
                .forEach((target, records) -> records.stream()
                        .collect(Collectors.groupingBy(DeliveryRecord::kind, LinkedHashMap::new, Collectors.toList()))
                        .forEach((kind, own) -> all.add(new Deliveries(target, kind, own))));
        return all;
    }

    /** Returns the median of what the deliveries have. */
    double median(ToDoubleFunction<DeliveryRecord> value) {
        return OrderStatistics.median(
                records.stream().mapToDouble(value).sorted().toArray());
    }
}
