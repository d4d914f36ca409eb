package dev.bench.view.delivery;

import dev.bench.analysis.OrderStatistics;
import dev.bench.measure.delivery.DeliveryRecord;
import dev.bench.view.ReportContext;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

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
        Map<String, Map<String, List<DeliveryRecord>>> groups = new LinkedHashMap<>();
        context.analysed().result().targets().forEach(target -> groups.put(target.name(), new LinkedHashMap<>()));
        for (DeliveryRecord record : context.details(DeliveryRecord.class)) {
            if (!record.warmup()) {
                groups.computeIfAbsent(record.target(), name -> new LinkedHashMap<>())
                        .computeIfAbsent(record.kind(), name -> new ArrayList<>())
                        .add(record);
            }
        }
        List<Deliveries> all = new ArrayList<>();
        groups.forEach(
                (target, kinds) -> kinds.forEach((kind, records) -> all.add(new Deliveries(target, kind, records))));
        return all;
    }

    /** Returns the median of what the deliveries have. */
    double median(ToDoubleFunction<DeliveryRecord> value) {
        return OrderStatistics.median(
                records.stream().mapToDouble(value).sorted().toArray());
    }
}
