"""Reporters: a report, a reading or a judgement as lines; nothing here prints."""
