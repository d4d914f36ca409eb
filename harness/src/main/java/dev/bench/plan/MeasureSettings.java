package dev.bench.plan;

import com.fasterxml.jackson.annotation.JsonTypeInfo;

/**
 * Holds what only one measure has to know, with every default filled in. Each measure has a class of its own, which is
 * stored by the measure's id; whoever reads it from JSON registers those of all measures.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "measure")
public interface MeasureSettings {}
