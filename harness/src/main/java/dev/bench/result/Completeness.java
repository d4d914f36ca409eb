package dev.bench.result;

import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.RecordComponent;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Looks for what a file left out of a record, so that nothing later meets a null where the record's own declaration
 * says that there is none.
 */
final class Completeness {
    private Completeness() {}

    /**
     * Returns the dotted name of the first component that must be there and is not; null where there is none.
     *
     * @param value a record, with the lists and maps in it
     */
    static @Nullable String missing(Object value) {
        if (value instanceof Record) {
            for (RecordComponent component : value.getClass().getRecordComponents()) {
                Object held = read(component, value);
                if (held == null && !mayBeNull(component)) {
                    return component.getName();
                }
                String missing = held == null ? null : missing(held);
                if (missing != null) {
                    return component.getName() + (missing.isEmpty() ? "" : "." + missing);
                }
            }
        }
        Iterable<?> elements =
                value instanceof List<?> list ? list : value instanceof Map<?, ?> map ? map.values() : List.of();
        for (Object element : elements) {
            String missing = element == null ? "" : missing(element);
            if (missing != null) {
                return missing;
            }
        }
        return null;
    }

    private static boolean mayBeNull(RecordComponent component) {
        AnnotatedElement type = component.getAnnotatedType();
        return type.isAnnotationPresent(Nullable.class);
    }

    private static @Nullable Object read(RecordComponent component, Object record) {
        try {
            component.getAccessor().setAccessible(true);
            return component.getAccessor().invoke(record);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }
}
